import './components/kt-app.ts';
