/**
 * Support for the views of all features: a feature declares its {@link dev.kontor.query.platform.View}, and reads and
 * writes documents through {@link dev.kontor.query.platform.ViewStore}.
 */
package dev.kontor.query.platform;
