/** Something to try, which whoever mounts the emulator offers on the dashboard's first page. */
export interface Experiment {
  /** On its button. */
  title: string;
  /** What it does, in a sentence or two. */
  does: string;
  /** What to look at afterwards. */
  look: string;
  /** The file that does it, as a path in the repository. */
  file: string;
  /** Its button posts an empty form to this path, which the mounting server answers. */
  action: string;
}
