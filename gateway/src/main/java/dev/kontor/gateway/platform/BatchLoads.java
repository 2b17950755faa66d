package dev.kontor.gateway.platform;

import org.springframework.graphql.execution.BatchLoaderRegistry;

/** What a feature reads in batches, so that a list needs no call for each of its rows. */
public interface BatchLoads {

    void register(BatchLoaderRegistry registry);
}
