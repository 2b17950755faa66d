package dev.kontor.side.customer;

import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.side.identity.RevocationProcessing;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Notifies this process of erased customers, whichever process erased them. The event itself closes the key: the key is
 * destroyed a moment after the event, and until then a look-up would find it and open it again.
 */
@Component
@ProcessingGroup(RevocationProcessing.GROUP)
public class Erasures {

    private final PersonalData personalData;
    private final List<ErasureListener> listeners;

    @Autowired
    Erasures(PersonalData personalData, ObjectProvider<ErasureListener> listeners) {
        this(personalData, listeners.orderedStream().toList());
    }

    public Erasures(PersonalData personalData, List<ErasureListener> listeners) {
        this.personalData = personalData;
        this.listeners = List.copyOf(listeners);
    }

    @EventHandler
    void on(CustomerErased event) {
        personalData.shut(event.customerId());
        listeners.forEach(listener -> listener.erased(event.customerId()));
    }
}
