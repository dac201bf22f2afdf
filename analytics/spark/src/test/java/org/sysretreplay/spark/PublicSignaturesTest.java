package org.sysretreplay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sysretreplay.emulator.Internal;

/**
 * The public signatures are those in the file. {@code -Dapi.write=true} writes it anew; a line that
 * is lost by that breaks programs, and belongs into the changelog.
 */
class PublicSignaturesTest {

  private static final Path COMMITTED = Path.of("public-api.txt");
  private static final Path CLASSES = Path.of("target/classes");

  /** Matches our own classes in a signature. */
  private static final Pattern OURS =
      Pattern.compile("org\\.sysretreplay(\\.[a-z]\\w*)*\\.[A-Z]\\w*");

  private static Stream<Class<?>> classes() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES.resolve("org/sysretreplay/spark"))) {
      return files
          .map(it -> CLASSES.relativize(it).toString())
          .filter(it -> it.endsWith(".class") && !it.endsWith("package-info.class"))
          .map(it -> it.replaceFirst("\\.class$", "").replace('/', '.'))
          .sorted()
          .<Class<?>>map(PublicSignaturesTest::load)
          .filter(PublicSignaturesTest::isPublic)
          .toList()
          .stream();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicSignaturesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (around == null || isPublic(around))
        && !isInternal(type);
  }

  private static boolean isInternal(Class<?> type) {
    return type.isAnnotationPresent(Internal.class)
        || type.getPackage().isAnnotationPresent(Internal.class);
  }

  private static Stream<String> signatures(Class<?> type) {
    Stream<String> members =
        Stream.<Member>concat(
                Stream.concat(
                    Stream.of(type.getDeclaredConstructors()),
                    Stream.of(type.getDeclaredMethods())),
                Stream.of(type.getDeclaredFields()))
            .filter(it -> !it.isSynthetic())
            .filter(it -> (it.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
            .map(PublicSignaturesTest::signature);
    return Stream.concat(Stream.of(declaration(type)), members)
        .map(it -> type.getName() + ": " + it.replace(type.getName() + ".", ""));
  }

  private static String declaration(Class<?> type) {
    String parents =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Stream.of(type.getGenericInterfaces()))
            .map(it -> it.getTypeName())
            .filter(it -> !it.equals(Object.class.getName()))
            .collect(Collectors.joining(", "));
    return parents.isEmpty() ? type.toGenericString() : type.toGenericString() + " of " + parents;
  }

  private static String signature(Member member) {
    return member instanceof Executable executable
        ? executable.toGenericString()
        : ((Field) member).toGenericString();
  }

  private static Set<String> actual() throws IOException {
    return classes()
        .flatMap(PublicSignaturesTest::signatures)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Collection<String> some, Collection<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  @Test
  void whatProgramsMayCallIsWhatTheFileSays() throws IOException {
    Set<String> actual = actual();
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(COMMITTED, String.join("\n", actual) + "\n");
    }
    Set<String> committed = new TreeSet<>(Files.readAllLines(COMMITTED));

    assertThat(without(committed, actual))
        .as("what breaks programs: it is gone or changed")
        .isEmpty();
    assertThat(without(actual, committed))
        .as("what is new: write %s with -Dapi.write=true", COMMITTED)
        .isEmpty();
    assertThat(actual).anyMatch(it -> it.contains("SysretReplay on(")).hasSizeGreaterThan(40);
  }

  @Test
  void noSignatureNamesWhatIsInternal() throws IOException {
    for (String signature : actual()) {
      Matcher ours = OURS.matcher(signature);
      while (ours.find()) {
        assertThat(isInternal(load(ours.group()))).as(signature).isFalse();
      }
    }
  }
}
