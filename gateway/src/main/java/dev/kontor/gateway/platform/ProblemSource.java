package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import java.util.Map;

/** A failure whose problem has another status than usual, and further members. */
public interface ProblemSource {

    RefusedException refusal();

    int status();

    Map<String, Object> members();
}
