package dev.kontor.standalone.distributed;

import dev.kontor.standalone.ToolProcess;

/** {@code ./kontor audit} of an Axon Server and a MongoDB. */
final class AxonServerAudit {

    private AxonServerAudit() {}

    /** Its last line; fails if it is not a success. */
    static String of(Servers servers) {
        return ToolProcess.run(
                "audit",
                "--of",
                "axon-server",
                "--server",
                servers.axonServer(),
                "--mongodb",
                servers.mongo(),
                "--database",
                servers.database());
    }
}
