import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const routeStaysLive: Rule = {
  id: "route-stays-live",
  severity: "decision",
  title: (count) => counted(count, "removed route stays live", "removed routes stay live"),
  holds: "A removed route stops answering.",
  why:
    "It stands in the same state as the deployment. Terraform makes the new deployment first and deletes the route " +
    "after it, so the deployment still has the route, and serves it until the next one.",
  remedy: "Deploy once more after this apply, or keep the deployment in a state of its own.",
  find: ({ routes, stages }) =>
    routes.flatMap((route) => {
      if (!route.before || route.after) return [];
      // The body of an API is put before a deployment is made.
      if (route.method.some(({ bodyOf }) => bodyOf !== undefined)) return [];
      const { stack } = route.before;
      const serving = stages.filter((stage) => stage.api === route.api && stage.after && stage.stacks.includes(stack));
      if (serving.length === 0) return [];
      const names = serving.map(({ name }) => `${route.api.id}/${name}`);
      return [{ ...aboutRoute(route), stages: names, what: `still answers on ${names.join(", ")} after this apply` }];
    }),
};
