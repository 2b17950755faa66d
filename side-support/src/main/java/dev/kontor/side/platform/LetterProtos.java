package dev.kontor.side.platform;

import dev.kontor.proto.operations.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.axonframework.messaging.MetaData;

/** Dead letters as messages of the gRPC API. */
final class LetterProtos {

    private static final int LONGEST_EVENT = 10_000;
    /** Of a sealed value only the beginning is alike: the rest of a long text without spaces is cut. */
    private static final Pattern SEALED = Pattern.compile("\"[A-Za-z0-9+/]{40,}={0,2}\"");

    private LetterProtos() {}

    static DeadLetter of(StoredLetter letter, int lettersOfSequence) {
        return DeadLetter.newBuilder()
                .setQueue(letter.key().queue())
                .setSequence(letter.key().sequence())
                .setLetters(lettersOfSequence)
                .setPosition(letter.key().position())
                .setEventType(letter.event().payloadType())
                .setEvent(masked(letter.event().payload()))
                .setEventAt(letter.event().at().toString())
                .setCauseType(type(letter))
                .setCauseMessage(letter.cause() == null ? "" : letter.cause().message())
                .setFrame(frame(letter))
                .setFingerprint(fingerprint(letter))
                .setAttempts(LetterPolicy.attempts(MetaData.from(letter.diagnostics())))
                .setPutAsideAt(letter.enqueuedAt().toString())
                .setTriedAt(letter.lastTouched().toString())
                .build();
    }

    static String type(StoredLetter letter) {
        return letter.cause() == null ? "" : letter.cause().type();
    }

    static String frame(StoredLetter letter) {
        return letter.diagnostics().getOrDefault(LetterPolicy.FRAME, "");
    }

    /** Of the type of the exception and the first frame of Kontor's own code. */
    static String fingerprint(StoredLetter letter) {
        CRC32C sum = new CRC32C();
        sum.update((type(letter) + "\n" + frame(letter)).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** Personal data is sealed in every event, as Base64. */
    static String masked(byte[] payload) {
        String json =
                SEALED.matcher(new String(payload, StandardCharsets.UTF_8)).replaceAll("\"…\"");
        return json.length() <= LONGEST_EVENT ? json : json.substring(0, LONGEST_EVENT) + "…";
    }
}
