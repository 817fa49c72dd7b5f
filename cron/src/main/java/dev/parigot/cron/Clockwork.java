package dev.parigot.cron;

import dev.parigot.app.AppId;
import dev.parigot.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.DBConnectionManager;

/**
 * Keeps moments in the database, and says so when one has come, on one of the nodes that share it.
 * A moment is a one-shot trigger of Quartz, whose own expressions can't say what unix cron says:
 * who schedules computes it.
 */
final class Clockwork implements AutoCloseable {
  /** The name in the tables; the same on every node. */
  private static final String NAME = "parigot";

  private static final String JOB = "moment";
  private static final Duration CHECK_IN = Duration.ofSeconds(5);
  private static final int AT_ONCE = 8;
  private static final long IDLE_MILLIS = 10_000;
  private static final AtomicLong COUNT = new AtomicLong();

  /** A moment, which has a name of its own in the app. */
  record Moment(AppId app, String name) {}

  /** Is told that a moment has come. */
  @FunctionalInterface
  interface Listener {
    /**
     * Runs on a thread of its own, for as long as it likes.
     *
     * @param again whether a node has ended that was told before
     */
    void come(Moment moment, boolean again);
  }

  private final Scheduler scheduler;
  private final Threads threads;

  private Clockwork(Scheduler scheduler, Threads threads) {
    this.scheduler = scheduler;
    this.threads = threads;
  }

  /** Opens it; moments come after {@link #start}. */
  static Clockwork open(DataSource database, Listener listener) {
    Threads threads = new Threads();
    try {
      Scheduler scheduler = scheduler(database, threads);
      scheduler.setJobFactory((_, _) -> new Telling(listener));
      JobDetail moment =
          JobBuilder.newJob(Telling.class)
              .withIdentity(JOB)
              .storeDurably()
              .requestRecovery()
              .build();
      scheduler.addJob(moment, true);
      return new Clockwork(scheduler, threads);
    } catch (SchedulerException | InvalidConfigurationException e) {
      throw failed(e);
    }
  }

  /**
   * Quartz finds schedulers and connections by name, in this whole process: this one is taken out
   * again, so that there may be two of the same name, as there are on two nodes.
   */
  private static synchronized Scheduler scheduler(DataSource database, Threads threads)
      throws SchedulerException, InvalidConfigurationException {
    String connections = NAME + "-" + COUNT.incrementAndGet();
    DBConnectionManager.getInstance()
        .addConnectionProvider(connections, new PooledConnections(database));
    JobStoreTX store = new JobStoreTX();
    store.setDataSource(connections);
    // It reads and writes bytes in the way that H2 knows, too.
    store.setDriverDelegateClass(PostgreSQLDelegate.class.getName());
    store.setTablePrefix("QRTZ_");
    store.setUseProperties("true");
    store.setIsClustered(true);
    store.setClusterCheckinInterval(CHECK_IN.toMillis());
    store.setAcquireTriggersWithinLock(true);
    store.setThreadsInheritInitializersClassLoadContext(true);
    store.setMakeThreadsDaemons(true);
    DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
    factory.createScheduler(
        NAME,
        UUID.randomUUID().toString(),
        threads,
        DaemonThreads.INSTANCE,
        store,
        null,
        null,
        0,
        IDLE_MILLIS,
        -1,
        false,
        null,
        AT_ONCE,
        0);
    Scheduler scheduler = factory.getScheduler(NAME);
    SchedulerRepository.getInstance().remove(NAME);
    return scheduler;
  }

  void start() {
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** Has the moment come at that time, if it is not to come already. */
  void plan(Moment moment, Instant at) {
    plan(moment, Date.from(at));
  }

  /** Has the moment come at once. */
  void planNow(Moment moment) {
    plan(moment, new Date());
  }

  private void plan(Moment moment, Date at) {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key(moment))
            .forJob(JOB)
            .startAt(at)
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    try {
      scheduler.scheduleJob(trigger);
    } catch (ObjectAlreadyExistsException e) {
      // Another node was faster.
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** Has the moment never come; one that has come already is not affected. */
  void cancel(Moment moment) {
    try {
      scheduler.unscheduleJob(key(moment));
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** The names of an app's moments that are still to come. */
  List<String> toCome(AppId app) {
    try {
      List<String> names = new ArrayList<>();
      for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(group(app)))) {
        Trigger trigger = scheduler.getTrigger(key);
        if (trigger != null && trigger.getNextFireTime() != null) {
          names.add(key.getName());
        }
      }
      return names;
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** The apps that have moments. */
  List<AppId> apps() {
    try {
      return scheduler.getTriggerGroupNames().stream()
          .filter(group -> group.chars().allMatch(Character::isDigit))
          .map(group -> new AppId(Long.parseLong(group)))
          .toList();
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** Moments come no more on this node; those who were told of one have some seconds to end. */
  @Override
  public void close() {
    try {
      scheduler.standby();
      threads.finish();
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  private static TriggerKey key(Moment moment) {
    return TriggerKey.triggerKey(moment.name(), group(moment.app()));
  }

  private static String group(AppId app) {
    return String.valueOf(app.value());
  }

  private static Problem failed(Exception e) {
    return Problem.external(
        "schedules-unusable",
        "The schedules can't be read or written: " + e.getMessage(),
        "Check that the database runs, and try again.",
        e);
  }

  private record Telling(Listener listener) implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      TriggerKey key =
          context.isRecovering()
              ? context.getRecoveringTriggerKey()
              : context.getTrigger().getKey();
      listener.come(
          new Moment(new AppId(Long.parseLong(key.getGroup())), key.getName()),
          context.isRecovering());
    }
  }
}
