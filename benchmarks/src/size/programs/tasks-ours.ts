/** Two tasks in a group, under a timeout. */
import { TaskGroup, createTask, gather, run, sleep, timeout } from "@async/task";

await run(async () => {
  const task = createTask(async () => {
    await sleep(10);
    return 1;
  });
  const results = await timeout(100, () =>
    TaskGroup.run(async (group) => {
      void group.createTask(() => sleep(1));
      const both = await gather([() => sleep(1, 2), () => sleep(1, 3)]);
      return both;
    }),
  );
  task.cancel();
  console.log(results);
});
