package dev.kontor.command.platform;

/** An aggregate whose state grows with what is open in it, so that its snapshots cost more the more there is. */
public interface SizedAggregate {

    /** What its snapshot has to list, each about 100 bytes. */
    int entries();
}
