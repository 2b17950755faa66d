package dev.kontor.side.operations;

import org.springframework.boot.builder.SpringApplicationBuilder;

/** A side as a process of its own. */
public final class SideApplication {

    private SideApplication() {}

    /** @param name of the side, and of the file with its settings, which come on top of those that both sides share */
    public static SpringApplicationBuilder of(Class<?> application, String name) {
        return new SpringApplicationBuilder(application)
                .properties("spring.config.name=side," + name)
                .profiles(Profiles.DISTRIBUTED);
    }
}
