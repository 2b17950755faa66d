package dev.kontor.gateway.platform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A strong {@code ETag}: {@code "<versions of the parts>:<hash>"}, such as {@code "4.2:s0dF3kQ1x_-9aYbZ"}. The hash is
 * of the whole body, so it covers what is joined from other resources. The versions are for {@link IfMatch}.
 */
final class EntityTag {

    private static final int HASH_BYTES = 12;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern OURS = Pattern.compile("\"(-?\\d{1,18}(?:\\.-?\\d{1,18})*):[\\w-]{16}\"");

    private EntityTag() {}

    static String of(List<Long> versions, byte[] json) {
        String parts = versions.stream().map(Object::toString).collect(Collectors.joining("."));
        return "\"" + parts + ":" + hash(json) + "\"";
    }

    /** Of a list: weak, because it is the same for a compressed answer, and because no change compares it. */
    static String weak(byte[] json) {
        return "W/\"" + hash(json) + "\"";
    }

    private static String hash(byte[] json) {
        return TEXT.encodeToString(Arrays.copyOf(sha256().digest(json), HASH_BYTES));
    }

    /** The versions of all parts; empty for a tag of another form, which no resource has. */
    static Optional<List<Long>> versionsOf(String tag) {
        Matcher ours = OURS.matcher(tag);
        return ours.matches()
                ? Optional.of(Arrays.stream(ours.group(1).split("\\."))
                        .map(Long::valueOf)
                        .toList())
                : Optional.empty();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
