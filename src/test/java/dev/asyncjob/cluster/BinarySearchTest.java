package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinarySearchTest {

  private static final String VERSION = "1.2.3";

  private static final BinarySource CLOSED =
      (programs, into) -> {
        throw new BinarySourceException("closed for the test");
      };

  private final List<Binary> fetched = Collections.synchronizedList(new ArrayList<>());

  private final BinarySource open =
      (programs, into) -> {
        fetched.addAll(programs);
        programs.forEach(program -> create(into.path(program)));
      };

  @TempDir private Path home;
  @TempDir private Path other;

  @Test
  void kubebuilderAssetsWin() {
    fill(other);
    fill(folderOf(home.resolve(".kubeapitest")));

    assertThat(search(Map.of("KUBEBUILDER_ASSETS", other.toString())).find().folder())
        .isEqualTo(other);
  }

  @Test
  void incompleteKubebuilderAssetsAreAnErrorThatNamesWhatIsMissing() throws IOException {
    fill(other);
    Files.delete(other.resolve("kubectl"));

    assertThatThrownBy(() -> search(Map.of("KUBEBUILDER_ASSETS", other.toString()), open).find())
        .hasMessageContaining("KUBEBUILDER_ASSETS")
        .hasMessageContaining("No kubectl in " + other);
    assertThat(fetched).isEmpty();
  }

  @Test
  void thenComesTheFolderOfKubeApiTest() {
    fill(folderOf(other));

    assertThat(search(Map.of("KUBE_API_TEST_DIR", other.toString())).find().folder())
        .isEqualTo(folderOf(other));
  }

  @Test
  void whichIsInTheHomeFolderUnlessSet() {
    var folder = folderOf(home.resolve(".kubeapitest"));
    fill(folder);

    assertThat(search(Map.of()).find().folder()).isEqualTo(folder);
  }

  @Test
  void onlyWhatIsMissingIsFetchedFromTheFirstSourceThatIsOpen() {
    create(folderOf(home.resolve(".kubeapitest")).resolve("etcd"));

    var found = search(Map.of(), CLOSED, open, CLOSED).find();

    assertThat(found.missing()).isEmpty();
    assertThat(fetched).containsExactly(Binary.KUBE_APISERVER, Binary.KUBECTL);
  }

  @Test
  void whenAllSourcesAreClosedTheErrorSaysWhy() {
    assertThatThrownBy(() -> search(Map.of(), CLOSED).find())
        .hasMessageContaining("No etcd, kube-apiserver, kubectl in")
        .hasMessageContaining("closed for the test");
  }

  @Test
  void twoSearchesAtTheSameTimeFetchOnce() {
    var first = CompletableFuture.supplyAsync(() -> search(Map.of(), open).find());
    var second = CompletableFuture.supplyAsync(() -> search(Map.of(), open).find());

    assertThat(first.join()).isEqualTo(second.join());
    assertThat(fetched).hasSize(3);
  }

  private BinarySearch search(Map<String, String> environment, BinarySource... sources) {
    return new BinarySearch(environment, home, VERSION, List.of(sources));
  }

  private static Path folderOf(Path root) {
    return root.resolve("k8s").resolve(VERSION + "-" + Platform.name());
  }

  private static void fill(Path folder) {
    for (var binary : Binary.values()) {
      create(folder.resolve(binary.fileName()));
    }
  }

  private static void create(Path program) {
    try {
      Files.createDirectories(program.getParent());
      Files.createFile(program);
      assertThat(program.toFile().setExecutable(true)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
