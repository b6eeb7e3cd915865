// The trainer without root's right to write everywhere: as root, permissions would stop nobody.
await import('../../src-main/trainer/process.ts');
if (process.getuid!() === 0) process.setuid!(65_534);
