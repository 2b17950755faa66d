package dev.kontor.query.operations;

import dev.kontor.query.QuerySide;
import dev.kontor.query.ViewSettings;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewContents;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.side.platform.EventProcessor;
import java.util.Arrays;
import java.util.List;
import org.axonframework.config.Configuration;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The event processors that feed the other generations of views. They exist only while there are such generations. */
@Component
class OtherProcessors {

    private final Processors processors;
    private final ViewStore store;
    private final ViewContents contents;
    private final ViewSettings settings;
    private final ObjectProvider<Configuration> configuration;
    private final ListableBeanFactory beans;

    OtherProcessors(
            Processors processors,
            ViewStore store,
            ViewContents contents,
            ViewSettings settings,
            ObjectProvider<Configuration> configuration,
            ListableBeanFactory beans) {
        this.processors = processors;
        this.store = store;
        this.contents = contents;
        this.settings = settings;
        this.configuration = configuration;
        this.beans = beans;
    }

    OtherProcessor of(View view) {
        TokenStore tokens = contents.otherTokens(view);
        EventProcessor processor = EventProcessor.fromFirstEvent(
                view.name() + "-other", tokens, settings.segments(), QuerySide.BATCH_SIZE);
        return new OtherProcessor(
                processors,
                tokens,
                settings.segments(),
                (share, failed) -> processor.start(
                        configuration.getObject(),
                        projections(view),
                        new OtherEvents(
                                () -> store.generations(view).live().other(), new ProcessorShare(share), failed)));
    }

    private List<Object> projections(View view) {
        return Arrays.stream(beans.getBeanNamesForAnnotation(ProcessingGroup.class))
                .filter(name -> beans.findAnnotationOnBean(name, ProcessingGroup.class)
                        .value()
                        .equals(view.name()))
                .map(beans::getBean)
                .toList();
    }
}
