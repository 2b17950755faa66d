package dev.kontor.standalone.platform;

import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Gateway and sides communicate in process, so gRPC listens on a port only if one is configured. Boot has no setting
 * for that, so this removes the beans that would open the port.
 */
@Component
final class GrpcPort implements BeanDefinitionRegistryPostProcessor, EnvironmentAware {

    /** Boot's, for the two variants of Netty on the class path. */
    private static final List<String> WHAT_OPENS_IT =
            List.of("nettyGrpcServerLifecycle", "shadedNettyGrpcServerLifecycle");

    private boolean isGiven;

    /** Called before the registry is processed, when constructor injection is not available. */
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
