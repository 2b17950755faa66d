package dev.kontor.side.platform;

/**
 * A bean that has something to do with the stores before anything that uses them runs: to declare an index, to read a key.
 * It does so here and not while it is made, because a store may be away then, and health is told only once all beans are made.
 */
public interface StorePreparation {

    /** Called once the stores are there, and again where it fails by a store that is away. */
    void prepare();
}
