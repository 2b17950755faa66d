package dev.kontor.query;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.PageRequest;
import dev.kontor.query.platform.PageAfter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The pages of one list: a size, and an opaque token for the end of the previous page. The token contains a check of
 * the query, so it is valid for the same list only.
 */
public final class Paging {

    private static final int DEFAULT_SIZE = 20;
    private static final int LARGEST_SIZE = 100;
    private static final int CHECK_LENGTH = 12;

    private final String check;

    /** @param asked everything that determines the content and order of the list */
    public Paging(Object... asked) {
        this.check = check(List.of(asked).stream().map(Objects::toString).toList());
    }

    /** @throws RefusedException if it is not 0 to 100 */
    public static int size(PageRequest page) {
        int size = page.getSize();
        if (size < 0 || size > LARGEST_SIZE) {
            throw RefusedException.invalid("pageSize", "must be 1 to " + LARGEST_SIZE);
        }
        return size == 0 ? DEFAULT_SIZE : size;
    }

    /**
     * The ids of a request that names several documents, each once. A text that is no id is left out: no document has
     * it.
     *
     * @throws RefusedException if there are more than 100
     */
    public static <T> List<T> ids(List<String> texts, Function<String, T> id) {
        if (texts.size() > LARGEST_SIZE) {
            throw RefusedException.invalid("ids", "must be at most " + LARGEST_SIZE);
        }
        Set<T> ids = new LinkedHashSet<>();
        for (String text : texts) {
            try {
                ids.add(id.apply(text));
            } catch (IllegalArgumentException noId) {
                // Nothing has this id.
            }
        }
        return List.copyOf(ids);
    }

    /**
     * Where the requested page begins, null for the first one.
     *
     * @throws RefusedException if the token does not belong to this list
     */
    public PageAfter after(PageRequest page) {
        if (page.getToken().isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(page.getToken()), StandardCharsets.UTF_8);
            String[] parts = text.split("\n", 3);
            if (parts.length == 3 && parts[0].equals(check)) {
                return new PageAfter(parts[2], parts[1]);
            }
        } catch (IllegalArgumentException notBase64) {
            throw refusal();
        }
        throw refusal();
    }

    /** A key that is a number. @throws RefusedException if the token was tampered with */
    public static long number(PageAfter after) {
        return numbers(after, 1).getFirst();
    }

    /** A key of {@code count} numbers separated by colons. @throws RefusedException if the token was tampered with */
    public static List<Long> numbers(PageAfter after, int count) {
        try {
            List<Long> numbers =
                    Arrays.stream(after.key().split(":")).map(Long::valueOf).toList();
            if (numbers.size() == count) {
                return numbers;
            }
        } catch (NumberFormatException tamperedWith) {
            throw refusal();
        }
        throw refusal();
    }

    /** The token of the next page, empty if there is none. */
    public String token(PageAfter next) {
        if (next == null) {
            return "";
        }
        String text = check + "\n" + next.id() + "\n" + next.key();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The refusal of a token that belongs to another list. */
    public static RefusedException refusal() {
        return RefusedException.invalid("pageToken", "does not belong to this list");
    }

    private static String check(List<String> asked) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : asked) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest.digest())
                    .substring(0, CHECK_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
