package dev.asyncjob;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.asyncjob");

  @Test
  void dependenciesPointInwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("program")
        .definedBy("dev.asyncjob")
        .layer("settings")
        .definedBy("dev.asyncjob.settings..")
        .layer("controller")
        .definedBy("dev.asyncjob.controller..")
        .layer("connection")
        .definedBy("dev.asyncjob.connection..")
        .layer("leadership")
        .definedBy("dev.asyncjob.leadership..")
        .layer("ops")
        .definedBy("dev.asyncjob.ops..")
        .layer("http")
        .definedBy("dev.asyncjob.http..")
        .layer("store")
        .definedBy("dev.asyncjob.store..")
        .layer("dotnet")
        .definedBy("dev.asyncjob.dotnet..")
        .layer("lifecycle")
        .definedBy("dev.asyncjob.lifecycle..")
        .layer("resource")
        .definedBy("dev.asyncjob.resource..")
        .layer("web")
        .definedBy("dev.asyncjob.web..")
        .layer("smoke")
        .definedBy("dev.asyncjob.smoke..")
        .whereLayer("program")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("smoke")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("smoke")
        .mayNotAccessAnyLayer()
        .whereLayer("settings")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("controller")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("connection")
        .mayOnlyBeAccessedByLayers("program", "controller")
        .whereLayer("leadership")
        .mayOnlyBeAccessedByLayers("program", "controller")
        .whereLayer("ops")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("program", "http")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("http", "ops")
        .whereLayer("dotnet")
        .mayOnlyBeAccessedByLayers("http", "settings")
        .whereLayer("lifecycle")
        .mayOnlyBeAccessedByLayers("program", "settings", "controller")
        .whereLayer("resource")
        .mayOnlyBeAccessedByLayers(
            "program", "lifecycle", "controller", "connection", "store", "http")
        .check(PROGRAM);
  }

  @Test
  void theLifecycleKnowsTheResourceAndNothingElse() {
    classes()
        .that()
        .resideInAPackage("dev.asyncjob.lifecycle..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.asyncjob.lifecycle..",
            "dev.asyncjob.resource..",
            "java..",
            "org.jspecify.annotations..",
            "io.fabric8.kubernetes.api.model..", // The metadata of a job: uid and generation.
            "io.fabric8.kubernetes.client") // Where CustomResource declares them.
        .check(PROGRAM);
  }

  @Test
  void theLifecycleIsToldTheTime() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.asyncjob.lifecycle..", "dev.asyncjob.resource..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(PROGRAM);
  }

  @Test
  void onlyTheProgramReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.asyncjob")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(PROGRAM);
  }

  /** Whatever ends at the first difference tells by its time how much of a key is right. */
  @Test
  void keysAreComparedInConstantTime() {
    classes()
        .that()
        .haveNameMatching("dev\\.asyncjob\\.http\\.KeyAccess")
        .should()
        .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
        .check(PROGRAM);
    noClasses()
        .that()
        .haveNameMatching("dev\\.asyncjob\\.http\\.Key(Access|File)")
        .should()
        .accessTargetWhere(
            target(
                    nameMatching(
                        "(equals|compare|contains|index|starts|ends|matches|mismatch|remove).*"))
                .and(target(owner(resideInAnyPackage("java.lang", "java.util..")))))
        .check(PROGRAM);
  }
}
