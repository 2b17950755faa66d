package dev.kontor.standalone.platform;

import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Gateway and sides speak in process, so gRPC listens on a port only where one is given. Boot has no setting for that: what
 * would open the port is taken out.
 */
@Component
final class GrpcPort implements BeanDefinitionRegistryPostProcessor, EnvironmentAware {

    /** Boot's, for the two Nettys that are on the class path. */
    private static final List<String> WHAT_OPENS_IT =
            List.of("nettyGrpcServerLifecycle", "shadedNettyGrpcServerLifecycle");

    private boolean isGiven;

    /** Before it is asked for, when nothing can be handed to a constructor yet. */
    @Override
    public void setEnvironment(Environment settings) {
        isGiven = !settings.getProperty("spring.grpc.server.port", "").isBlank();
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry beans) {
        if (!isGiven) {
            WHAT_OPENS_IT.stream().filter(beans::containsBeanDefinition).forEach(beans::removeBeanDefinition);
        }
    }
}
