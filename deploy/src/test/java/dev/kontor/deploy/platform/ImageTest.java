package dev.kontor.deploy.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImageTest {

    @Test
    void images_start_the_jvm_as_the_launcher_does() {
        Matcher launcher = Pattern.compile("jvm_options=\"(.*)\"").matcher(Project.read("kontor"));
        assertThat(launcher.find()).isTrue();

        List<String> image = Project.read("deploy/image/jvm.options").lines().toList();
        assertThat(image).contains(launcher.group(1).split(" "));
    }
}
