// Preloaded into child processes (`node --import ./scripts/exit-with-parent.mjs …`): when the parent is
// gone, however it ended, the channel to it closes and the child exits too.

if (process.channel && process.env.EXIT_WITH_PARENT) {
  process.on('disconnect', () => process.exit(1));
  // Waiting for the channel to close must not keep the child alive.
  process.channel.unref();
}
// The child's own children inherit the preload, but must not exit with us.
delete process.env.EXIT_WITH_PARENT;
