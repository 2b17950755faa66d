package dev.kontor.grpc.platform;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;

/** Reports in one sentence which setting has a value of the wrong type. */
// Before Spring Boot's analyzers, which know the exception but not the setting.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnusableValues extends CauseAnalyzer {

    private static final Pattern SETTING = Pattern.compile("\\$\\{([^:}]+)");
    private static final Map<Class<?>, String> KINDS = Map.of(
            boolean.class, "true or false",
            int.class, "a whole number",
            long.class, "a whole number",
            Duration.class, "a time such as 30s",
            DataSize.class, "a size such as 512MB",
            Rate.class, "a count and a time such as 10/1m, or off",
            InetAddress.class, "an address of this machine");

    @Override
    protected String sentenceOf(Throwable cause) {
        return switch (cause) {
            case UnsatisfiedDependencyException unread
            when unread.getCause() instanceof TypeMismatchException mismatch
                    && settingAt(unread.getInjectionPoint()) instanceof String setting ->
                sentence(setting, mismatch.getValue(), mismatch.getRequiredType());
            case BindException unread
            when unread.getCause() instanceof ConversionFailedException failed ->
                sentence(
                        unread.getName().toString(),
                        failed.getValue(),
                        failed.getTargetType().getType());
            default -> null;
        };
    }

    private static String sentence(String setting, Object value, Class<?> type) {
        String kind = KINDS.getOrDefault(type, "a " + (type == null ? "value" : type.getSimpleName()));
        return "The setting %s is '%s', and it must be %s".formatted(setting, value, kind);
    }

    /** Null if the injection point is not a setting. */
    private static String settingAt(InjectionPoint place) {
        Value value = place == null ? null : place.getAnnotation(Value.class);
        Matcher setting = SETTING.matcher(value == null ? "" : value.value());
        return setting.find() ? setting.group(1) : null;
    }
}
