package dev.kontor.standalone.tools;

/** A file is not a complete and valid export. */
final class DamagedExport extends RuntimeException {

    DamagedExport(String what) {
        super(what);
    }
}
