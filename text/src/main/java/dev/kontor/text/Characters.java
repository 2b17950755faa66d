package dev.kontor.text;

/** Properties of Unicode characters that the JDK does not provide. */
final class Characters {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_VARIATION = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    /** Inclusive ranges: Unicode's property Default_Ignorable_Code_Point, and further blank characters. */
    private static final int[][] INVISIBLE = {
        {0x00AD, 0x00AD},
        {0x034F, 0x034F},
        {0x061C, 0x061C},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x180B, 0x180F},
        {0x200B, 0x200F},
        {0x202A, 0x202E},
        {0x2060, 0x206F},
        {0x2800, 0x2800}, // blank Braille pattern
        {0x3164, 0x3164},
        {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB}, // also interlinear annotations
        {0x13430, 0x1343F}, // layout of hieroglyphs
        {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF}
    };

    private Characters() {}

    static boolean isSurrogate(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    /** White space of any width, including no-break spaces. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean breaksLines(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    static boolean isInvisible(int c) {
        if (c < INVISIBLE[0][0]) {
            return false;
        }
        for (int[] range : INVISIBLE) {
            if (c <= range[1]) {
                return c >= range[0];
            }
        }
        return false;
    }

    /** Whether all readers see the same: false also for control, private use and unassigned characters. */
    static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> !breaksLines(c) && !isInvisible(c);
        };
    }

    /** Whether it joins its neighbours to an emoji. Unicode counts digits as emoji; here they are only as keycaps. */
    static boolean isPartOfEmoji(int[] text, int at) {
        int before = at == 0 ? 0 : text[at - 1];
        int after = at + 1 == text.length ? 0 : text[at + 1];
        return switch (text[at]) {
            case EMOJI_VARIATION -> Character.isEmoji(before) && (before >= FIRST_BEYOND_ASCII || after == KEYCAP);
            case ZERO_WIDTH_JOINER ->
                Character.isExtendedPictographic(after)
                        && (Character.isExtendedPictographic(before)
                                || Character.isEmojiModifier(before)
                                || before == EMOJI_VARIATION);
            default -> false;
        };
    }
}
