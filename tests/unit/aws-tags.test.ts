import assert from "node:assert/strict";
import { platformTagKeys, platformTags } from "../../components/aws/tags";

describe("platform tags", () => {
  it("say the environment, the owner, the tool and the project", () => {
    assert.deepEqual(platformTags({ environment: "prod", owner: "platform-team" }), {
      Environment: "prod",
      Owner: "platform-team",
      ManagedBy: "pulumi",
      Project: "container-platform",
    });
  });

  it("carry the stack's own tags too", () => {
    const tags = platformTags({ environment: "prod", owner: "team", tags: { CostCentre: "1234" } });
    assert.equal(tags.CostCentre, "1234");
    assert.equal(tags.Environment, "prod");
  });

  it("don't let a tag of the stack hide who owns a resource or what manages it", () => {
    const tags = platformTags({ environment: "prod", owner: "team", tags: { Owner: "nobody", ManagedBy: "hand" } });
    assert.equal(tags.Owner, "team");
    assert.equal(tags.ManagedBy, "pulumi");
  });

  it("list every key that the platform sets itself", () => {
    assert.deepEqual([...platformTagKeys], Object.keys(platformTags({ environment: "a", owner: "b" })));
  });
});
