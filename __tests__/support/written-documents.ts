import type { Json } from "./synthesize";

/** Draws from a seed; the same each time. */
export type Draw = (most: number) => number;

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (most) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * most);
  };
}

/** A value as JSON with any blanks between its tokens: tabs, CRLF, all on one line, commas in front. */
export function anyJson(value: Json, draw: Draw): string {
  const eol = draw(3) === 0 ? "\r\n" : "\n";
  const style = draw(4);
  const unit = ["  ", "\t", "    ", " "][draw(4)] as string;
  const colon = [": ", ":", " : "][draw(3)];
  const items = (texts: string[], open: string, close: string, depth: number): string => {
    if (texts.length === 0) return open + (draw(3) === 0 ? " " : "") + close;
    const [outer, inner] = [eol + unit.repeat(depth), eol + unit.repeat(depth + 1)];
    if (style === 0) return open + texts.join(",") + close;
    if (style === 1 && depth > 1) return `${open} ${texts.join(", ")} ${close}`;
    if (style === 2) return `${open} ${texts.join(`${inner}, `)}${outer}${close}`;
    return open + inner + texts.join(`,${inner}`) + outer + close;
  };
  const text = (each: Json, depth: number): string => {
    if (Array.isArray(each))
      return items(
        each.map((item) => text(item, depth + 1)),
        "[",
        "]",
        depth,
      );
    if (typeof each !== "object" || each === null) return scalar(each);
    const entries = Object.entries<Json>(each).map(([name, inner]) => scalar(name) + colon + text(inner, depth + 1));
    return items(entries, "{", "}", depth);
  };
  const scalar = (each: unknown) => {
    const written = JSON.stringify(each);
    return draw(3) === 0 ? written.replaceAll("/", "\\/").replaceAll("é", "\\u00e9") : written;
  };
  return text(value, 0) + (draw(2) === 0 ? eol : "");
}

/**
 * A value as YAML in any style: block and flow, quotes of all kinds, literals, comments with numbers of their own, blank
 * lines, blanks at the end of lines, any indentation, CRLF, and anchors on scalars that come again.
 */
export function anyYaml(value: Json, draw: Draw): string {
  const eol = draw(3) === 0 ? "\r\n" : "\n";
  const step = 1 + draw(4);
  const listStep = draw(2) === 0 ? 0 : step;
  let comments = 0;
  const anchors = new Map<string, string>();
  const lines: string[] = [];
  const comment = () => {
    comments += 1;
    return `# comment ${comments}`;
  };
  const ending = () => ["", "", "", "  ", ` ${comment()}`][draw(5)] as string;
  const extra = (indent: string) => {
    if (draw(6) === 0) lines.push(`${indent}${comment()}`);
    if (draw(8) === 0) lines.push(["", " "][draw(2)] as string);
    if (draw(12) === 0) lines.push(`${comment()}`);
  };
  const key = (name: string) => scalar(name, false);
  const scalar = (each: unknown, isValue: boolean, isEmptyAllowed = false): string => {
    if (typeof each !== "string") return each === null && isEmptyAllowed ? "" : JSON.stringify(each);
    const isPlain =
      /^[A-Za-z/][A-Za-z0-9 /.é-]*[A-Za-z0-9]$/.test(each) && !/^(true|false|null|yes|no|on|off)$/i.test(each);
    const known = anchors.get(each);
    if (isValue && known !== undefined && draw(2) === 0) return `*${known}`;
    const written =
      isPlain && draw(3) > 0
        ? each
        : draw(2) === 0 && !each.includes("\n")
          ? `'${each.replaceAll("'", "''")}'`
          : JSON.stringify(each);
    if (!isValue || known !== undefined || draw(6) > 0) return written;
    anchors.set(each, `a${anchors.size}`);
    return `&a${anchors.size - 1} ${written}`;
  };
  const flow = (each: Json): string => {
    const [open, close] = draw(2) === 0 ? [" ", " "] : ["", ""];
    if (Array.isArray(each)) return each.length === 0 ? "[]" : `[${open}${each.map(flow).join(", ")}${close}]`;
    if (typeof each !== "object" || each === null) return scalar(each, true);
    const entries = Object.entries<Json>(each).map(([name, inner]) => `${key(name)}: ${flow(inner)}`);
    return entries.length === 0 ? "{}" : `{${open}${entries.join(", ")}${draw(4) === 0 ? "," : ""}${close}}`;
  };
  const block = (each: Json, start: string, column: number): void => {
    const isEmpty = typeof each === "object" && each !== null && Object.keys(each).length === 0;
    if (typeof each === "string" && each.includes("\n") && draw(3) > 0) {
      const chomp = each.endsWith("\n") ? "" : "-";
      lines.push(`${start} |${chomp}${draw(3) === 0 ? " # comment 0" : ""}`);
      for (const line of each.replace(/\n$/, "").split("\n"))
        lines.push(line === "" ? "" : " ".repeat(column + step) + line);
    } else if (typeof each === "string" && /^\w+( \w+)+$/.test(each) && draw(4) === 0) {
      lines.push(`${start} >-`);
      for (const word of each.split(" ")) lines.push(" ".repeat(column + step) + word);
    } else if (typeof each !== "object" || each === null)
      lines.push(`${start} ${scalar(each, true, draw(2) === 0)}${ending()}`);
    else if (isEmpty || draw(5) === 0) lines.push(`${start} ${flow(each)}${ending()}`);
    else {
      lines.push(start + ending());
      const isInList = start.endsWith("-");
      inside(each, column + (Array.isArray(each) && !isInList ? listStep : step));
    }
  };
  const inside = (each: Json, column: number, isBesideDash = false): void => {
    const indent = " ".repeat(column);
    const all: [string, Json][] = Array.isArray(each)
      ? each.map((item) => ["-", item])
      : Object.entries<Json>(each).map(([name, inner]) => [`${key(name)}:`, inner]);
    for (const [index, [start, inner]] of all.entries()) {
      if (index > 0 || !isBesideDash) extra(indent);
      const isMap =
        typeof inner === "object" && inner !== null && !Array.isArray(inner) && Object.keys(inner).length > 0;
      // A map that begins beside the dash.
      if (start === "-" && isMap && draw(2) === 0) {
        const before = lines.length;
        inside(inner, column + 2, true);
        lines[before] = `${indent}- ${(lines[before] ?? "").trimStart()}`;
      } else block(inner, indent + start, column);
    }
  };
  if (draw(4) === 0) lines.push(comment(), "");
  if (draw(6) === 0) lines.push("---");
  inside(value, 0);
  if (draw(4) === 0) lines.push("", comment());
  return lines.join(eol) + (draw(5) === 0 ? "" : eol);
}
