/**
 * The stores of the standalone process: the log and the data beside it in one RocksDB, the vault for keys in another,
 * and the rows of the views in a third.
 */
package dev.kontor.store;
