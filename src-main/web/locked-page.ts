/** What a browser without the secret gets to read. Without style or script: it is for anyone who asks. */
export const LOCKED_PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Basin: not open in this browser</title></head>
  <body>
    <h1>This workbench is not open in this browser</h1>
    <p>Open the address that Basin printed in the terminal where it was started: it ends in <code>/?token=…</code>. The token changes with every start.</p>
    <p>Does that terminal show nothing? Start Basin there again with <code>npm start -- --web</code>.</p>
  </body>
</html>
`;
