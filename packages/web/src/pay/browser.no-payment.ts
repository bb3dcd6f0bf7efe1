import "./pay.css";
