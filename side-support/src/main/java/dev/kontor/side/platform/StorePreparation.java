package dev.kontor.side.platform;

/**
 * A bean that prepares the stores before any other code uses them: declares an index, reads a key. It does so here and
 * not in its constructor, because a store may be away then, and health is served only once all beans exist.
 */
public interface StorePreparation {

    /** Called once the stores are available, and again after a transient failure. */
    void prepare();
}
