import "./atm.css";
