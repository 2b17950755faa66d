package dev.kontor.command;

import dev.kontor.side.Side;
import dev.kontor.side.platform.SideApplication;
import dev.kontor.side.platform.SpringProfiles;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
@EnableAutoConfiguration
@Import({Side.class, CommandSide.class})
public class CommandSideApplication {

    public static void main(String[] arguments) {
        SideApplication.run(CommandSideApplication.class, "command-side", arguments);
    }
}
