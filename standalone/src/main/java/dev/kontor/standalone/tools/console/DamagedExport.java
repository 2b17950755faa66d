package dev.kontor.standalone.tools.console;

/** A file is not a complete and valid export. */
public final class DamagedExport extends RuntimeException {

    public DamagedExport(String what) {
        super(what);
    }
}
