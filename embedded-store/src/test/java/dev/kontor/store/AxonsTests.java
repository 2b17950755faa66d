package dev.kontor.store;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Reports in one line how many of the tests inherited from Axon have passed. */
final class AxonsTests implements TestWatcher, AfterAllCallback {

    private final AtomicInteger passed = new AtomicInteger();

    @Override
    public void testSuccessful(ExtensionContext context) {
        passed.incrementAndGet();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Class<?> ours = context.getRequiredTestClass();
        Set<String> overridden = new HashSet<>();
        Arrays.stream(ours.getDeclaredMethods()).map(Method::getName).forEach(overridden::add);
        Set<String> axons = new HashSet<>();
        for (Class<?> type = ours.getSuperclass(); type != null; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .map(Method::getName)
                    .forEach(axons::add);
        }
        overridden.retainAll(axons);
        System.out.printf(
                "%s: %d of Axon's %d tests passed, %d overridden%n",
                ours.getSuperclass().getSimpleName(), passed.get(), axons.size(), overridden.size());
    }
}
