package dev.kontor.grpc.platform;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes why a file cannot be used. */
public final class FileFailures {

    private FileFailures() {}

    /** Some exceptions of the JDK have no reason, only a file name. */
    public static String reason(FileSystemException failure) {
        return switch (failure) {
            case AccessDeniedException denied ->
                "user %s has no right to it".formatted(System.getProperty("user.name"));
            case FileAlreadyExistsException there -> "it is there already, and not a folder";
            case NoSuchFileException missing -> "it is not there";
            case NotDirectoryException file -> "it is not a folder";
            default -> String.valueOf(failure.getReason());
        };
    }
}
