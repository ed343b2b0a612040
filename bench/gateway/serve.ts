import { CONTESTANTS, type Contestant, type Listen } from "./contestant";

// `node serve.js <contestant> <folder>` is forked for each measurement, tells where it listens, and ends with its parent.
const [contestant, folder] = process.argv.slice(2) as [Contestant, string];
const { server, kind } = CONTESTANTS[contestant];
const { listen } = require(`./servers/${server}`) as { listen: Listen };

process.once("disconnect", () => process.exit());
listen(kind, folder).then(
  (listening) => process.send?.(listening),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
