package dev.kontor.gateway.platform;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Parses numbers and booleans of the query as the OpenAPI description declares them. Spring would also accept {@code
 * 0x10}, digits of any script, numbers with blanks, and {@code on} and {@code 1} for {@code true}. An empty number
 * counts as absent. These are editors, not converters, because after a failed converter Spring tries its own editors.
 */
@ControllerAdvice
class StrictParameters {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,19}");

    @InitBinder
    void readPlainly(WebDataBinder binder) {
        binder.registerCustomEditor(Integer.class, new Editor(text -> wholeNumber(text, Integer::valueOf)));
        binder.registerCustomEditor(Long.class, new Editor(text -> wholeNumber(text, Long::valueOf)));
        binder.registerCustomEditor(boolean.class, new Editor(StrictParameters::truth));
    }

    private static Object wholeNumber(String text, Function<String, Number> read) {
        if (text.isEmpty()) {
            return null;
        }
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("no whole number");
        }
        return read.apply(text);
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, Object> read;

        Editor(Function<String, Object> read) {
            this.read = read;
        }

        @Override
        public void setAsText(String text) {
            setValue(read.apply(text));
        }
    }
}
