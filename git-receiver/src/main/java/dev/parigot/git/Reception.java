package dev.parigot.git;

import static java.util.function.Predicate.not;

import dev.parigot.account.Account;
import dev.parigot.app.App;
import dev.parigot.app.Branch;
import dev.parigot.database.Database;
import dev.parigot.fleet.Replacement;
import dev.parigot.pipeline.DeployOptions;
import dev.parigot.pipeline.Lively;
import dev.parigot.pipeline.Pipeline;
import dev.parigot.pipeline.Progress;
import dev.parigot.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one push, all or nothing. The order is: a release is prepared for each branch; the
 * objects leave the quarantine and the branches move; the releases go live; the client is told. See
 * DESIGN.md.
 */
final class Reception extends ReceivePack {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);
  private static final long PACK_BYTES = 512L << 20;
  private static final long OBJECT_BYTES = 64L << 20;

  /** The push option by which all services are replaced, and not the changed ones alone. */
  private static final String ALL = "all";

  /** The push option by which the tests are passed by. */
  private static final String SKIP_GATE = "skip-gate";

  private final App app;
  private final Account by;
  private final Quarantine quarantine;
  private final Repositories repositories;
  private final Client client;
  private final Deployer deployer;
  private final Executor threads;
  private final RemoteLines lines;

  Reception(
      App app,
      Account by,
      Quarantine quarantine,
      Repositories repositories,
      Client client,
      Deployer deployer,
      Executor threads) {
    super(quarantine.repository());
    this.app = app;
    this.by = by;
    this.quarantine = quarantine;
    this.repositories = repositories;
    this.client = client;
    this.deployer = deployer;
    this.threads = threads;
    this.lines = new RemoteLines(getMessageOutputStream());
    setMaxPackSizeLimit(PACK_BYTES);
    setMaxObjectSizeLimit(OBJECT_BYTES);
    setCheckReceivedObjects(true);
    setAllowNonFastForwards(true);
    setAllowPushOptions(true);
  }

  /** Called when all was received and checked, before the client is told the outcome. */
  @Override
  protected void executeCommands() {
    try (Lively progress = Lively.of(lines, threads)) {
      getAllCommands().stream().filter(Reception::pending).forEach(this::check);
      if (getAllCommands().stream().allMatch(Reception::pending)) {
        execute(progress);
      }
    } catch (Problem problem) {
      lines.refusal(problem);
      reject("refused, see above");
    } catch (IOException | RuntimeException e) {
      log.error("A push to {} failed", app.name(), e);
      lines.refusal(Database.isOutage(e) ? outage(e) : defect());
      reject("the platform failed");
    }
    reject("refused with the rest of the push");
  }

  private static Problem outage(Exception e) {
    return Problem.external(
        "database-unreachable",
        "The platform's database does not answer; nothing was changed.",
        "Push again; if it lasts, its operator has to look after it.",
        e);
  }

  private static Problem defect() {
    return new Problem(
        Problem.Kind.INTERNAL,
        500,
        "push-failed",
        "The platform failed while it took the push; nothing was changed.",
        "Push again; if it fails again, tell the operator the time of this push.",
        List.of());
  }

  private void execute(Progress progress) throws IOException {
    checkOptions();
    List<PushedBranch> branches = PushedBranch.in(getAllCommands());
    refuseTwoOfProduction(branches);
    try (Turns _ = Turns.take(repositories, app.id(), branches, progress)) {
      for (PushedBranch pushed : branches) {
        refuseIfMoved(pushed.command());
      }
      deploy(branches, progress);
    }
    Repositories.pointHead(getRepository());
  }

  /** One that is misspelt must not be taken for none. */
  private void checkOptions() {
    for (String option : options()) {
      if (!option.equals(ALL) && !option.equals(SKIP_GATE)) {
        throw Problem.user(
            400,
            "push-option-unknown",
            "There is no push option \"" + option + "\".",
            "Push with -o all to give every service new instances, with -o skip-gate to go live"
                + " untested, or without an option.");
      }
    }
  }

  private DeployOptions deployOptions() {
    return new DeployOptions(
        options().contains(ALL) ? Replacement.ALL : Replacement.CHANGED,
        options().contains(SKIP_GATE));
  }

  private List<String> options() {
    List<String> options = getPushOptions();
    return options == null ? List.of() : options;
  }

  private static void refuseTwoOfProduction(List<PushedBranch> branches) {
    if (branches.stream()
            .filter(pushed -> pushed.branch().isProduction())
            .filter(not(PushedBranch::isDeleted))
            .count()
        > 1) {
      throw Problem.user(
          409,
          "two-deploying-branches",
          "main and master are both production, and this push has both.",
          "Push one of them.");
    }
  }

  private void refuseIfMoved(ReceiveCommand command) throws IOException {
    if (!head(command).equals(command.getOldId())) {
      throw Problem.user(
          409,
          "branch-moved",
          Repository.shortenRefName(command.getRefName()) + " was moved by another push meanwhile.",
          "Fetch, merge or rebase, and push again.");
    }
  }

  private void deploy(List<PushedBranch> branches, Progress progress) throws IOException {
    List<PushedBranch> deployed = branches.stream().filter(not(PushedBranch::isDeleted)).toList();
    if (branches.isEmpty()) {
      progress.step("Stored, not deployed: tags are kept, branches go live");
    }
    List<Pipeline.Prepared> prepared = new ArrayList<>();
    try {
      for (PushedBranch pushed : deployed) {
        announce(pushed.branch(), deployed.size() > 1, progress);
        prepared.add(prepare(pushed, progress));
      }
      if (client.gone()) {
        throw Problem.user(
            400, "client-gone", "The git client went away before acceptance.", "Push again.");
      }
      store();
    } catch (IOException | RuntimeException e) {
      abandon(prepared, "the push was not accepted: " + e.getMessage());
      throw e;
    }
    commit(deployed, prepared);
    branches.stream().filter(PushedBranch::isDeleted).forEach(each -> remove(each, progress));
  }

  /** Says where a branch goes, unless it is what everybody expects. */
  private static void announce(Branch branch, boolean amongOthers, Progress progress) {
    if (!branch.isProduction()) {
      progress.step("Branch " + branch + ": staging, with data and an address of its own");
    } else if (amongOthers) {
      progress.step("Branch " + branch + ": production");
    }
  }

  private Pipeline.Prepared prepare(PushedBranch pushed, Progress progress) throws IOException {
    try (ObjectReader objects = getRepository().newObjectReader();
        RevWalk commits = new RevWalk(objects)) {
      RevCommit commit = commits.parseCommit(pushed.command().getNewId());
      return deployer.prepare(
          app,
          pushed.branch(),
          by.email(),
          new CommitTree(objects, commit),
          deployOptions(),
          progress);
    } catch (IncorrectObjectTypeException e) {
      throw Problem.user(
          400, "not-a-commit", "What is to be deployed is no commit.", "Push a commit.");
    }
  }

  private void abandon(List<Pipeline.Prepared> prepared, String why) {
    for (Pipeline.Prepared each : prepared) {
      try {
        each.abandon(why);
      } catch (RuntimeException e) {
        log.error("A release of {} could not be given up", app.name(), e);
      }
    }
  }

  /** Those that are live when one can't be made so stay; their branches have moved for good. */
  private void commit(List<PushedBranch> deployed, List<Pipeline.Prepared> prepared)
      throws IOException {
    for (int i = 0; i < prepared.size(); i++) {
      try {
        prepared.get(i).commit();
      } catch (RuntimeException e) {
        abandon(prepared.subList(i + 1, prepared.size()), "another branch could not be made live");
        Set<ReceiveCommand> live =
            deployed.subList(0, i).stream().map(PushedBranch::command).collect(Collectors.toSet());
        takeBack(getAllCommands().stream().filter(not(live::contains)).toList());
        throw e;
      }
    }
  }

  /** The branch is gone already: what can't be removed now stays to be removed by hand. */
  private void remove(PushedBranch pushed, Progress progress) {
    try {
      boolean staged = deployer.remove(app, pushed.branch());
      progress.step(
          staged
              ? "Removed the staging of " + pushed.branch() + " with all its data"
              : "Removed the branch " + pushed.branch() + "; it was not in staging");
    } catch (RuntimeException e) {
      log.error("The staging of {} of {} could not be removed", pushed.branch(), app.name(), e);
      progress.step("The staging of " + pushed.branch() + " could not be removed");
      progress.detail("Its branch is gone; delete what is left of it in the console.");
    }
  }

  /** Lets the objects out of quarantine and moves the refs: all of them or none. */
  private void store() throws IOException {
    quarantine.accept();
    BatchRefUpdate refs = getRepository().getRefDatabase().newBatchUpdate();
    refs.setAllowNonFastForwards(true);
    refs.setAtomic(true);
    refs.disableRefLog();
    refs.addCommand(getAllCommands());
    refs.execute(getRevWalk(), NullProgressMonitor.INSTANCE);
    for (ReceiveCommand command : getAllCommands()) {
      if (command.getResult() != ReceiveCommand.Result.OK) {
        String why = command.getMessage() == null ? "" : ": " + command.getMessage();
        throw Problem.user(
            409,
            "ref-not-moved",
            command.getRefName() + " could not be moved (" + command.getResult() + why + ").",
            "Fetch and push again.");
      }
    }
  }

  /** Puts refs back where they were: a release could not be made live. */
  private void takeBack(List<ReceiveCommand> commands) throws IOException {
    for (ReceiveCommand command : commands) {
      RefUpdate update = getRepository().updateRef(command.getRefName());
      update.setForceUpdate(true);
      if (command.getOldId().equals(ObjectId.zeroId())) {
        update.delete();
      } else {
        update.setNewObjectId(command.getOldId());
        update.update();
      }
      command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "could not be made live");
    }
  }

  private void check(ReceiveCommand command) {
    String ref = command.getRefName();
    if (!ref.startsWith(Constants.R_HEADS) && !ref.startsWith(Constants.R_TAGS)) {
      reject(command, "only branches and tags are kept here");
    } else if (command.getType() == ReceiveCommand.Type.DELETE && keepsApp(ref)) {
      reject(command, "this branch is what runs; to end that, delete the app in the console");
    }
  }

  /** Whether deleting the branch would leave the app without the commit that it runs. */
  private boolean keepsApp(String ref) {
    return ref.equals(Repositories.MAIN)
        || (ref.equals(Repositories.MASTER) && !getAdvertisedRefs().containsKey(Repositories.MAIN));
  }

  private ObjectId head(ReceiveCommand command) throws IOException {
    Ref ref = getRepository().exactRef(command.getRefName());
    ObjectId id = ref == null ? null : ref.getObjectId();
    return id == null ? ObjectId.zeroId() : id;
  }

  private void reject(String reason) {
    getAllCommands().stream()
        .filter(not(Reception::refused))
        .filter(command -> command.getResult() != ReceiveCommand.Result.OK)
        .forEach(command -> reject(command, reason));
  }

  private static void reject(ReceiveCommand command, String reason) {
    command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, reason);
  }

  private static boolean pending(ReceiveCommand command) {
    return command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED;
  }

  private static boolean refused(ReceiveCommand command) {
    return !pending(command) && command.getResult() != ReceiveCommand.Result.OK;
  }
}
