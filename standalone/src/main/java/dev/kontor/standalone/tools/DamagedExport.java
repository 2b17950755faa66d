package dev.kontor.standalone.tools;

/** A file is not, or not wholly, what an export writes. */
final class DamagedExport extends RuntimeException {

    DamagedExport(String what) {
        super(what);
    }
}
