// Preloaded into the programs that these scripts start (`node --import ./scripts/tether.mjs …`):
// when the starter is gone, however it went, the channel to it closes and the program ends too.

if (process.channel && process.env.TETHERED) {
  process.on('disconnect', () => process.exit(1));
  // Waiting for the end of the channel must not by itself keep the program alive.
  process.channel.unref();
}
// A program's own children inherit the preload, but are no business of the starter's.
delete process.env.TETHERED;
