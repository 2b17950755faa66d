package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.Answer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JacksonException;

/** A text with half a surrogate pair is refused and named in every body, before a side is called. */
class WellFormedTextsTest extends GatewayTest {

    private static final String HALF = "\"half \\ud83d\"";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping controllers;

    /** The path of a text in a body, and a body with half a pair at that path. */
    private record Place(Type body, String path, String json) {}

    private static List<Place> placesIn(Type body) {
        List<Place> places = new ArrayList<>();
        collect(body, body, "", HALF, places);
        return places;
    }

    private static void collect(Type body, Type type, String path, String wrapper, List<Place> places) {
        if (type == String.class || type == Object.class) {
            places.add(new Place(body, path, wrapper));
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            collect(
                    body,
                    map.getActualTypeArguments()[1],
                    path + ".key",
                    wrapper.replace(HALF, "{\"key\":" + HALF + "}"),
                    places);
        } else if (type instanceof ParameterizedType list) {
            collect(
                    body,
                    list.getActualTypeArguments()[0],
                    path + "[0]",
                    wrapper.replace(HALF, "[" + HALF + "]"),
                    places);
        } else if (type instanceof Class<?> shape && shape.isRecord()) {
            for (RecordComponent component : shape.getRecordComponents()) {
                String name = nameOf(component);
                collect(
                        body,
                        component.getGenericType(),
                        path.isEmpty() ? name : path + "." + name,
                        wrapper.replace(HALF, "{\"" + name + "\":" + HALF + "}"),
                        places);
            }
        }
    }

    private static String nameOf(RecordComponent component) {
        if (component.getName().equals("value")) {
            return "refresh_token";
        }
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    @Test
    void every_text_of_every_body_is_refused_and_named() {
        List<Place> places = controllers.getHandlerMethods().values().stream()
                .flatMap(method -> List.of(method.getMethodParameters()).stream())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(parameter -> parameter.getGenericParameterType())
                .distinct()
                .flatMap(body -> placesIn(body).stream())
                .toList();

        assertThat(places)
                .extracting(Place::path)
                .contains("email", "password", "name", "title", "description", "category", "price.currency")
                .contains("lines[0].productId", "refresh_token", "currentPassword", "newPassword", "role", "status")
                .hasSizeGreaterThan(20);
        assertThat(places).allSatisfy(place -> {
            JacksonException unread = catchThrowableOfType(
                    JacksonException.class,
                    () -> StrictJson.MAPPER.readValue(place.json(), StrictJson.MAPPER.constructType(place.body())));
            assertThat(unread).as(place.toString()).isNotNull();
            RefusedException refused = ExceptionProblems.refusalOf(
                    new HttpMessageNotReadableException("unread", unread, new MockHttpInputMessage(new byte[0])));
            assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
            assertThat(refused.violations())
                    .containsExactly(
                            new RefusedException.Violation(place.path(), "must not hold half a surrogate pair"));
        });
    }

    @Test
    void the_answer_names_the_ill_formed_text() {
        Answer refused = sendJson(
                "POST", "/api/v1/auth/signin", "{\"email\":\"half \\ud83d@example.com\",\"password\":\"secret word\"}");

        refused.satisfies(problem(Problem.INVALID_REQUEST)).namesField("email");
    }

    @Test
    void complete_pairs_are_accepted() {
        assertThat(StrictJson.MAPPER.readValue("\"\\ud83d\\ude00\"", String.class))
                .isEqualTo("\uD83D\uDE00");
    }
}
