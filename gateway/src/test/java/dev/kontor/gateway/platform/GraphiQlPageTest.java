package dev.kontor.gateway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.testsupport.Answer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.resource.NoResourceFoundException;

class GraphiQlPageTest extends GatewayTest {

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @Test
    void the_page_loads_nothing_but_files_of_this_gateway() {
        Answer page = send("GET", "/graphiql").hasStatus(200);

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "http");
        List<String> loaded = LOADED.matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(loaded).hasSize(6);
        for (String file : loaded) {
            assertThat(file).startsWith("/").doesNotStartWith("//");
            assertThat(send("GET", file).hasStatus(200).body()).isNotBlank();
        }
        assertThat(page.body()).doesNotContain("<script>", "style=", "onload");
    }

    @Test
    void other_spellings_lead_to_the_page() {
        assertThat(send("GET", "/graphiql/").hasStatus(302).header("Location")).isEqualTo("/graphiql");
    }

    @Test
    void a_property_removes_the_page() {
        GraphiQlPage page = new GraphiQlPage(false);

        assertThatThrownBy(page::page).isInstanceOf(NoResourceFoundException.class);
        assertThatThrownBy(page::script).isInstanceOf(NoResourceFoundException.class);
        assertThatThrownBy(page::style).isInstanceOf(NoResourceFoundException.class);
    }
}
