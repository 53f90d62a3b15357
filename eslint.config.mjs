// The rules that keep the architecture: who may import whom, how long a file may be, where a partition may be spelt out.
import js from "@eslint/js";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const rooms = ["aws", "encryption", "network", "eks", "ingress", "observability", "ecs"].map(
  (name) => `./components/${name}`,
);

/** What each room may import of ours; everything else below the root is forbidden to it. */
const mayImport = {
  "./components/problem": [],
  "./components/aws": ["./components/problem"],
  ...Object.fromEntries(rooms.slice(1).map((room) => [room, ["./components/aws", "./components/problem"]])),
  "./stacks": ["./components"],
  "./policies": [],
  "./sandbox": ["./components/aws", "./components/problem"],
  "./ops": ["./components"],
};

const zones = Object.entries(mayImport).map(([target, allowed]) => ({
  target,
  from: ".",
  except: ["./node_modules", "./package.json", target, ...allowed],
  message: `${target} may import ${allowed.length ? allowed.join(", ") : "nothing of ours"}: see "Rooms" in docs/architecture.md.`,
}));

const literal = "Take it from components/aws: a literal ARN or DNS suffix is wrong in another partition.";

export default tseslint.config(
  { ignores: ["**/node_modules/**", ".sandbox/**"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["**/*.{ts,mjs,js}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".mjs", ".json"] })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
    },
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
      },
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "import-x/no-cycle": "error",
      "max-lines": ["error", { max: 500 }],
      eqeqeq: "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "off",
    },
  },
  {
    files: ["stacks/**/*.ts", "components/**/*.ts", "ops/**/*.ts"],
    ignores: ["components/aws/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "Literal[value=/arn:aws|amazonaws\\.com/]", message: literal },
        { selector: "TemplateElement[value.raw=/arn:aws|amazonaws\\.com/]", message: literal },
      ],
    },
  },
  {
    files: ["tests/**/*.ts", "policies/**/*.cases.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
