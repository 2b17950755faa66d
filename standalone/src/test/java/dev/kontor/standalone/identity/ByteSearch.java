package dev.kontor.standalone.identity;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Searches the bytes of all files of a folder for a text in every encoding in which it may be there. */
public final class ByteSearch {

    private ByteSearch() {}

    /** The files that contain it, by their path within the folder. */
    public static Set<String> filesWith(Path folder, String text) throws IOException {
        List<byte[]> wanted = writings(text);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (holdsAny(file, wanted)) {
                    found.add(folder.relativize(file).toString());
                }
            }
        }
        return found;
    }

    /** In UTF-8 and UTF-16, and inside of Base64 at each of its three offsets. */
    private static List<byte[]> writings(String text) {
        List<byte[]> writings = new ArrayList<>();
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            writings.add(text.getBytes(charset));
        }
        byte[] clear = text.getBytes(StandardCharsets.UTF_8);
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + clear.length];
            System.arraycopy(clear, 0, shifted, offset, clear.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters at the ends depend on the neighbours.
            writings.add(encoded.substring(offset == 0 ? 0 : offset + 1, encoded.length() - 2)
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return writings;
    }

    private static boolean holdsAny(Path file, List<byte[]> wanted) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            return false;
        }
        return wanted.stream().anyMatch(bytes -> holds(content, bytes));
    }

    private static boolean holds(byte[] content, byte[] wanted) {
        for (int from = 0; from <= content.length - wanted.length; from++) {
            int matched = 0;
            while (matched < wanted.length && content[from + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
