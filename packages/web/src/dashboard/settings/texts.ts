import { inBoth } from "../texts.ts";

/** Who one is here, and what one sets for oneself. */
export const settingsTexts = inBoth(
  {
    title: "Definições",
    you: "A sua conta",
    name: "Nome",
    role: "Função",
    terminal: "Terminal",
    allTerminals: "Todos",
    language: "O painel fica nesta língua, neste navegador.",
    signingIn: "Entrar",
    passkeys: "As minhas chaves de acesso",
    sessions: "Sessões",
    server: "O servidor",
    serverWhy:
      "O servidor lê a sua configuração quando começa: aqui vê-se se está bem, e muda-se onde o servidor corre.",
    examine: "Verificar o servidor",
  },
  {
    title: "Settings",
    you: "You",
    name: "Name",
    role: "Role",
    terminal: "Terminal",
    allTerminals: "All",
    language: "The dashboard stays in this language, in this browser.",
    signingIn: "Signing in",
    passkeys: "My passkeys",
    sessions: "Sessions",
    server: "The server",
    serverWhy:
      "The server reads its settings when it starts: here one sees whether they are well, and changes them where it runs.",
    examine: "Examine the server",
  },
);
