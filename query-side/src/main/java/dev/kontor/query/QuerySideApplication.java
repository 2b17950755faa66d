package dev.kontor.query;

import dev.kontor.side.Side;
import dev.kontor.side.platform.SideApplication;
import dev.kontor.side.platform.SpringProfiles;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/** The query side as a separate process, over Axon Server and MongoDB. */
@Configuration(proxyBeanMethods = false)
@Profile(SpringProfiles.DISTRIBUTED)
@EnableAutoConfiguration
@Import({Side.class, QuerySide.class})
public class QuerySideApplication {

    public static void main(String[] arguments) {
        SideApplication.run(QuerySideApplication.class, "query-side", arguments);
    }
}
