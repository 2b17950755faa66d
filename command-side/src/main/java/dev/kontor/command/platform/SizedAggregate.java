package dev.kontor.command.platform;

/** An aggregate with a state of growing size, whose snapshots cost more the larger it is. */
public interface SizedAggregate {

    /** The number of entries in its snapshot, each about 100 bytes. */
    int entries();
}
