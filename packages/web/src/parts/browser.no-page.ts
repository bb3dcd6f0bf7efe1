import "./sheet.css";
