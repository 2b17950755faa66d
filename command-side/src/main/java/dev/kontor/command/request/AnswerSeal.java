package dev.kontor.command.request;

import com.google.protobuf.ByteString;
import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.request.KeptAnswer;
import dev.kontor.proto.request.RequestAnswer;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Seals answers. One opens only while the keys of all customers exist that it shows. */
@Component
class AnswerSeal {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PersonalData personalData;

    AnswerSeal(PersonalData personalData) {
        this.personalData = personalData;
    }

    /** What is sealed; the names are stored. */
    private record Content(String location, String etag, String contentType, String body) {}

    /** @throws KeyDestroyedException if one of the customers was erased */
    KeptAnswer seal(RequestAnswer answer, List<CustomerId> shown) {
        String content = JSON.writeValueAsString(new Content(
                answer.getLocation(),
                answer.getEtag(),
                answer.getContentType(),
                answer.getBody().toStringUtf8()));
        for (CustomerId customer : shown) {
            content = personalData.seal(customer, Field.ANSWER, content).ciphertext();
        }
        return new KeptAnswer(answer.getStatus(), new Sealed(content), shown);
    }

    /** Empty if one of the customers was erased. */
    Optional<RequestAnswer> unseal(KeptAnswer kept) {
        Optional<String> content = Optional.of(kept.content().ciphertext());
        for (CustomerId customer : kept.sealedFor().reversed()) {
            content = content.flatMap(layer -> personalData.unseal(customer, Field.ANSWER, new Sealed(layer)));
        }
        return content.map(clear -> JSON.readValue(clear, Content.class))
                .map(read -> RequestAnswer.newBuilder()
                        .setStatus(kept.status())
                        .setLocation(read.location())
                        .setEtag(read.etag())
                        .setContentType(read.contentType())
                        .setBody(ByteString.copyFromUtf8(read.body()))
                        .build());
    }
}
