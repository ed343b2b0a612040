/** The names of a path's parameters: `id` in `/pets/{id}`, `proxy` in `/{proxy+}`. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{([A-Za-z0-9._-]+)\+?\}/g)].map((match) => match[1] as string);
}

/** Names of parameters that stand in a URL or a key; a reference such as ${aws_lb.main.dns_name} is none. */
export const parametersInText = (text: string): string[] => parametersOf(text.replaceAll(/\$\{[^}]*\}/g, ""));
