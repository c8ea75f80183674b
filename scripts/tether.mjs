// Preloaded into the programs that these scripts start (`node --import ./scripts/tether.mjs …`):
// when the starter is gone, however it went, the channel to it closes and the program ends too.

if (process.channel) {
  process.on('disconnect', () => process.exit(1));
  // Listening for messages alone would hold the channel open; the end of it must not.
  process.channel.unref();
}
