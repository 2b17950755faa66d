/**
 * What the views of all features stand on: a feature declares its {@link dev.kontor.query.platform.View}, and reads and
 * writes documents through {@link dev.kontor.query.platform.ViewStore}.
 */
package dev.kontor.query.platform;
