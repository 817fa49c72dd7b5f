/**
 * A step as the record has it: which task takes it, when, and what it is.
 *
 * @typedef {object} Row
 * @property {string} strand the task's name
 * @property {number} at nanoseconds of the run's clock
 * @property {string} actor
 * @property {string} action
 * @property {string} key
 * @property {number} nth
 * @property {string} [fault] what the platform does there, if it is no step of the app
 *
 * @typedef {{ actor: string, action: string, key: string, nth: number, faults: string[] }} Step
 */

const RESUMES = 'goes on after';

/** Thrown through work that is to end. */
export class Cancellation extends Error {}

/** @param {string} actor an instance or a service */
function serviceOf(actor) {
  return actor.split('-', 1)[0];
}

/** @param {string} actor @param {string} action @param {string} key */
function what(actor, action, key) {
  return `${actor} ${action} ${key}`.trim();
}

/** @param {string} name @param {number} nth */
function numbered(name, nth) {
  return nth === 1 ? name : `${name} (${nth})`;
}

/** One strand of work. It stands still until its turn comes. */
export class Task {
  /** @type {Map<string, number>} */
  #counts = new Map();
  /** The step that it waits to take. @type {Step | null} */
  pending;
  /** Whether that can never be taken, as far as it knows. @type {() => boolean} */
  stuck = () => false;
  /** The step that it took last. @type {Step | null} */
  latest = null;
  begun = false;
  ended = false;
  cancelled = false;
  /** Lets it take its step. @type {() => void} */
  go = () => {};
  /** Called when it waits again, or has ended. @type {() => void} */
  atRest = () => {};
  /** What ended it that should not have. @type {unknown} */
  thrown = null;

  /** @param {string} strand @param {Step} first @param {(task: Task) => Promise<void>} work */
  constructor(strand, first, work) {
    this.strand = strand;
    this.pending = first;
    this.go = () => void this.#perform(work);
  }

  /** @param {(task: Task) => Promise<void>} work */
  async #perform(work) {
    this.begun = true;
    try {
      await work(this);
    } catch (thrown) {
      this.thrown = thrown instanceof Cancellation ? null : thrown;
    }
    this.ended = true;
    this.pending = null;
    this.atRest();
  }

  /** Which one of that name it is. @param {string} name */
  nth(name) {
    const nth = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, nth);
    return nth;
  }

  /** @param {Step} step */
  async arrive(step) {
    this.pending = step;
    await new Promise(resolve => {
      this.go = () => resolve(undefined);
      this.atRest();
    });
    if (this.cancelled) {
      throw new Cancellation();
    }
  }
}

/** The tasks of a run, one of which goes on at a time: which one, who follows a record says. */
export class Course {
  /** Those that have not ended, the oldest first. @type {Map<string, Task>} */
  #tasks = new Map();
  /** @type {Map<string, number>} */
  #strands = new Map();
  now = 0;

  /**
   * @param {Task | null} parent that starts it
   * @param {string} actor
   * @param {string} action
   * @param {string} key
   * @param {(task: Task) => Promise<void>} work
   */
  start(parent, actor, action, key, work) {
    const name = what(actor, action, key);
    const nth = parent ? parent.nth(`> ${name}`) : this.#nth(name);
    const strand = (parent ? `${parent.strand} > ` : '') + numbered(name, nth);
    const task = new Task(strand, { actor, action, key, nth: 0, faults: [] }, work);
    this.#tasks.set(strand, task);
    return task;
  }

  /** @param {string} name of a task that nobody starts */
  #nth(name) {
    const nth = (this.#strands.get(name) ?? 0) + 1;
    this.#strands.set(name, nth);
    return nth;
  }

  /** @param {string} strand */
  task(strand) {
    return this.#tasks.get(strand);
  }

  /** A task waits for its turn to take a step. @param {Task} task @param {string} actor @param {string} action @param {string} key */
  async step(task, actor, action, key) {
    if (task.cancelled) {
      throw new Cancellation();
    }
    const nth = task.nth(what(serviceOf(actor), action, key));
    await task.arrive({ actor, action, key, nth, faults: [] });
  }

  /** It goes on when something has come about; answers whether it has. @param {Task} task @param {string} about @param {() => boolean} ready */
  async until(task, about, ready) {
    return ready() || this.resume(task, about, ready);
  }

  /**
   * It waits in any case.
   *
   * @param {Task} task
   * @param {string} about what it waits for
   * @param {() => boolean} ready
   * @param {boolean} [ever] whether a time will come at which it goes on all the same
   */
  async resume(task, about, ready, ever = true) {
    task.stuck = () => !ever && !ready();
    await this.step(task, task.latest?.actor ?? '', RESUMES, about);
    task.stuck = () => false;
    return ready();
  }

  /** Lets a task take the step that it waits for; answers when it waits again, or has ended. @param {Task} task @param {number} at @param {string[]} faults */
  async take(task, at, faults) {
    this.now = at;
    task.latest = task.pending && { ...task.pending, faults };
    task.pending = null;
    const rest = new Promise(resolve => {
      task.atRest = () => resolve(undefined);
    });
    task.go();
    await rest;
    if (task.ended) {
      this.#tasks.delete(task.strand);
    }
    if (task.thrown) {
      throw task.thrown;
    }
  }

  /** Who waits for what, where nobody can go on; empty where somebody may. */
  deadlock() {
    const begun = [...this.#tasks.values()].filter(task => task.begun);
    return begun.every(task => task.stuck())
      ? begun.map(({ pending }) => `${pending?.actor} waits for ${pending?.key}`).join(', ')
      : '';
  }
}

/** The step that a task waits to take, as one reads it. @param {{ actor: string, action: string, key: string }} step */
export function spelled({ actor, action, key }) {
  return `${actor}: ${action} ${key}`.trim();
}
