/**
 * The stores of the one JVM: the log and everything kept beside it in one RocksDB, the vault for keys in another, and
 * views behind the MongoDB wire protocol.
 */
package dev.kontor.store;
